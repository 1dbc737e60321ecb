@echo off
rem Only ASCII but in the last line, and no bracket around a path: the code page of the console is not known.
setlocal
chcp 65001 >nul
pushd "%~dp0"
if errorlevel 1 goto failed
if not exist start.py goto incomplete
if not exist python-needed.txt goto incomplete
if not defined WENXIAO_PYTHON goto search
"%WENXIAO_PYTHON%" start.py %*
goto ended

:search
set "FOUND="
for %%l in (requirements-*.txt) do call :try %%~nl
if not defined FOUND goto lacking
%FOUND% start.py %*
goto ended

:try
if defined FOUND goto :eof
set "NAME=%~1"
set "VERSION=%NAME:requirements-=%"
py -%VERSION% -c "" >nul 2>nul
if not errorlevel 1 set "FOUND=py -%VERSION%"
if defined FOUND goto :eof
python -c "import sys; sys.exit('.'.join(map(str, sys.version_info[:2])) != '%VERSION%')" >nul 2>nul
if not errorlevel 1 set "FOUND=python"
goto :eof

:lacking
type python-needed.txt
dir /b requirements-*.txt
goto failed

:ended
if errorlevel 1 goto failed
popd
exit /b 0

:failed
pause
popd
exit /b 1

:incomplete
call :said
goto failed

:said
echo 文件不全：请把压缩包完整解压到一个文件夹，再双击其中的“启动.bat”，不要在压缩包里直接打开。
