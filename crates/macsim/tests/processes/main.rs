//! The simulator as real processes: pipes, a real terminal, kills, pauses, and many at once.

#[cfg(test)]
mod authorization;
#[cfg(test)]
mod command_line;
#[cfg(test)]
mod concurrency;
#[cfg(test)]
mod escrow_profile;
#[cfg(test)]
mod hostility;
#[cfg(test)]
mod life;
#[cfg(test)]
mod mdm;
#[cfg(test)]
mod pause;
#[cfg(test)]
mod recovery;
#[cfg(test)]
mod secrets;
#[cfg(test)]
mod support;
#[cfg(test)]
mod terminal;
#[cfg(test)]
mod tools;
