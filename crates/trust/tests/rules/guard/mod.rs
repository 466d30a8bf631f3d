//! The guard: nothing that is allowed cuts the chain.

mod cases;
mod sequences;
