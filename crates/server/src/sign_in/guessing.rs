//! The count of wrong passwords, for each person and address. It is kept in memory: a server that starts anew forgives.

use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::{Mutex, MutexGuard, PoisonError};

use trust::access::{Guesses, Limit, PersonName};
use trust::time::Timestamp;

use super::Address;

/// The most counts that are kept. Those that were not touched for longest give way.
const MOST: usize = 20_000;

/// Whose guesses are counted together. A name is counted whether anybody has it or not, so that nobody learns which.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
enum Whose {
    PersonFrom(PersonName, Option<IpAddr>),
    Address(Option<IpAddr>),
    Person(PersonName),
}

/// The wrong passwords of late.
#[derive(Debug, Default)]
pub(crate) struct Guessing(Mutex<HashMap<Whose, (Guesses, Timestamp)>>);

/// A try that counts as wrong until it is forgiven.
pub(crate) struct Try {
    counted: Vec<Whose>,
    at: Timestamp,
}

impl Guessing {
    /// Begins a try for this name from this address, or says when the next may begin. `is_spared` is a person whom others
    /// must not keep out.
    pub(crate) fn begin(
        &self,
        name: Option<&PersonName>,
        address: Address,
        is_spared: bool,
        now: Timestamp,
    ) -> Result<Try, Timestamp> {
        let network = address.network();
        let mut counted = vec![(Whose::Address(network), Limit::OF_AN_ADDRESS)];
        if let Some(name) = name {
            let of_both = Whose::PersonFrom(name.clone(), network);
            counted.push((of_both, Limit::OF_A_PERSON_FROM_AN_ADDRESS));
            if !is_spared {
                counted.push((Whose::Person(name.clone()), Limit::OF_A_PERSON));
            }
        }
        let mut known = self.lock();
        let waits = counted.iter().filter_map(|(whose, limit)| {
            let (guesses, _) = known.get(whose)?;
            guesses.wait_until(*limit, now)
        });
        if let Some(until) = waits.max() {
            return Err(until);
        }
        for (whose, limit) in &counted {
            let (guesses, touched) = known.entry(whose.clone()).or_default();
            guesses.begin(*limit, now);
            *touched = now;
        }
        make_room(&mut known);
        Ok(Try {
            counted: counted.into_iter().map(|(whose, _)| whose).collect(),
            at: now,
        })
    }

    /// The password was right, or was not looked at.
    pub(crate) fn forgive(&self, right: &Try) {
        let mut known = self.lock();
        for whose in &right.counted {
            if let Some((guesses, _)) = known.get_mut(whose) {
                guesses.forgive(right.at);
            }
        }
    }

    fn lock(&self) -> MutexGuard<'_, HashMap<Whose, (Guesses, Timestamp)>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn make_room(known: &mut HashMap<Whose, (Guesses, Timestamp)>) {
    if known.len() <= MOST {
        return;
    }
    let mut touched: Vec<Timestamp> = known.values().map(|(_, touched)| *touched).collect();
    let (_, middle, _) = touched.select_nth_unstable(MOST / 2);
    let middle = *middle;
    known.retain(|_, (_, touched)| *touched > middle);
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(millis: i64) -> Timestamp {
        Timestamp(millis)
    }

    fn from(address: &str) -> Address {
        Address(address.parse().ok())
    }

    #[test]
    fn who_guesses_waits_and_others_do_not() {
        let guessing = Guessing::default();
        let grace: PersonName = "grace".parse().unwrap();
        let here = from("192.0.2.1");
        for millis in 0..5 {
            assert!(guessing.begin(Some(&grace), here, false, at(millis)).is_ok());
        }
        let quarter = 15 * 60 * 1000;
        let until = guessing.begin(Some(&grace), here, false, at(10)).err();
        assert_eq!(until, Some(at(quarter)));
        assert!(
            guessing
                .begin(Some(&grace), from("192.0.2.2"), false, at(10))
                .is_ok()
        );
        let ada: PersonName = "ada".parse().unwrap();
        assert!(guessing.begin(Some(&ada), here, false, at(10)).is_ok());
        assert!(guessing.begin(Some(&grace), here, false, at(quarter)).is_ok());
    }

    #[test]
    fn a_right_password_does_not_count() {
        let guessing = Guessing::default();
        let grace: PersonName = "grace".parse().unwrap();
        for millis in 0..100 {
            let right = guessing.begin(Some(&grace), from("192.0.2.1"), false, at(millis));
            guessing.forgive(&right.ok().unwrap());
        }
    }

    #[test]
    fn many_addresses_keep_a_person_out_but_no_owner() {
        let guessing = Guessing::default();
        let grace: PersonName = "grace".parse().unwrap();
        for number in 0..100 {
            let address = from(&format!("192.0.2.{number}"));
            assert!(guessing.begin(Some(&grace), address, false, at(number)).is_ok());
        }
        let elsewhere = from("198.51.100.1");
        assert!(guessing.begin(Some(&grace), elsewhere, false, at(200)).is_err());
        assert!(guessing.begin(Some(&grace), elsewhere, true, at(200)).is_ok());
    }

    #[test]
    fn an_address_has_so_many_guesses_whatever_the_names() {
        let guessing = Guessing::default();
        for number in 0..30 {
            let name: PersonName = format!("name{number}").parse().unwrap();
            assert!(
                guessing
                    .begin(Some(&name), from("192.0.2.1"), false, at(number))
                    .is_ok()
            );
        }
        assert!(guessing.begin(None, from("192.0.2.1"), false, at(40)).is_err());
    }

    #[test]
    fn counts_do_not_fill_the_memory() {
        let guessing = Guessing::default();
        for number in 0..30_000u32 {
            let address = Address(Some(IpAddr::V4(number.into())));
            assert!(guessing.begin(None, address, false, at(number.into())).is_ok());
        }
        assert!(guessing.lock().len() <= MOST);
    }
}
