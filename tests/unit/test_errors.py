import pytest

from briefing import errors


def tree(error):
    return [error, *(below for child in error.__subclasses__() for below in tree(child))]


@pytest.mark.parametrize("error", tree(errors.BriefingError), ids=lambda error: error.__name__)
def test_every_error_stands_in_the_tree_at_the_top_of_the_module(error):
    assert f" {error.__name__} " in f" {errors.__doc__} ".replace("\n", " ")
    assert error.__doc__


@pytest.mark.parametrize("error", tree(errors.BriefingError), ids=lambda error: error.__name__)
def test_every_error_lies_in_its_module_and_ends_the_command_with_a_failure(error):
    assert error.__module__ == errors.__name__
    assert error.exit_code in {1, 2, 4, 6, 7}
