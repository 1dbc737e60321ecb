"""Transcribes the five published reports' figures into workbooks laid out as county offices send them."""
