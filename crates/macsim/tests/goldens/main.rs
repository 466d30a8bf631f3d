//! Every captured output of a real Mac, reproduced byte for byte by the simulated tool. What differs from
//! Mac to Mac (names, UUIDs, time, process numbers) is given to the simulator as input.

#[cfg(test)]
mod authorization_database;
#[cfg(test)]
mod complete;
#[cfg(test)]
mod diskutil;
#[cfg(test)]
mod dscl;
#[cfg(test)]
mod fdesetup;
#[cfg(test)]
mod membership;
#[cfg(test)]
mod policies;
#[cfg(test)]
mod profiles;
#[cfg(test)]
mod security;
#[cfg(test)]
mod small;
#[cfg(test)]
mod support;
#[cfg(test)]
mod sysadminctl;
#[cfg(test)]
mod system;
