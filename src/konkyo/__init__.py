"""konkyo: which strategy justifies this measure, on what evidence, with what money and what result?"""

__version__ = "0.1.0"
