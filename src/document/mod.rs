//! One document, several forms.
