//! macsim
