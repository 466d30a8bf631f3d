//! The pages as browsers get them.

mod pages;
