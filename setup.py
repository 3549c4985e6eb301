"""For pip, which wants this file; everything is in setup.cfg."""

from setuptools import setup

setup()
