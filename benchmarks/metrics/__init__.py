"""The measures: pure functions from a predicted story and a known one to counts that can be added up."""
