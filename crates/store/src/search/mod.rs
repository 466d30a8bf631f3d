//! Searches by the beginnings of words. Each thing that can be searched keeps its words in a line of its own row, and in an
//! index in the order in which it is listed; a search is a few looks into that, however many rows there are.

mod sought;
mod words;

pub(crate) use sought::{Index, Sought, Way, after_all_of};
pub(crate) use words::words_of;
