//! The policy "needs attention": for how long new devices are left in peace.

pub(crate) mod set;
pub(crate) mod show;
