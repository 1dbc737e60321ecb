@echo off
rem Only ASCII in this file, and no bracket around a path: the code page of the console is not known.
setlocal
chcp 65001 >nul
pushd "%~dp0"
if errorlevel 1 goto failed
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
