"""The demo museum: a fictional museum of a river city, drawn and written for trying the house."""
