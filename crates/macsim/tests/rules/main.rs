//! What macOS does to tokens, rule by rule, on Macs in memory.

#[cfg(test)]
mod bootstrap_token;
#[cfg(test)]
mod expressions;
#[cfg(test)]
mod filevault;
#[cfg(test)]
mod first_token;
#[cfg(test)]
mod granting;
#[cfg(test)]
mod limits;
#[cfg(test)]
mod logins;
#[cfg(test)]
mod losing;
#[cfg(test)]
mod passwords;
#[cfg(test)]
mod policies;
#[cfg(test)]
mod random_macs;
#[cfg(test)]
mod recovery;
#[cfg(test)]
mod support;
#[cfg(test)]
mod upgrade;
