"""Forms out and forms in: template workbooks, and what a new project needs around them."""

from wenxiao.collect.form import Form, FormSheet, load_form
from wenxiao.collect.new_project import NewProject, create_project
from wenxiao.collect.template import write_template

__all__ = ["Form", "FormSheet", "NewProject", "create_project", "load_form", "write_template"]
