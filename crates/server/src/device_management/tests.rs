//! Macs enrol, give their bootstrap token and ask for it, over the real routes; and everybody else is refused.

mod refused;
mod tokens;
