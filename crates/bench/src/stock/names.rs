//! What the Macs of a large organisation are called. The same number makes the same Mac.

use trust::observation::Hardware;

const PEOPLE: [&str; 16] = [
    "Amara", "Bruno", "Chiara", "Dmitri", "Elif", "Farid", "Greta", "Hiroshi", "Ines", "Jonas", "Kamala",
    "Liam", "Mei", "Noor", "Olga", "Paulo",
];

const MODELS: [(&str, &str); 6] = [
    ("MacBook Air", "Mac14,2"),
    ("MacBook Pro", "Mac14,9"),
    ("MacBook Pro", "Mac15,6"),
    ("Mac mini", "Mac14,3"),
    ("iMac", "Mac15,5"),
    ("Mac Studio", "Mac14,13"),
];

/// Characters of serial numbers.
const DIGITS: &[u8; 30] = b"0123456789CDFGHJKLMNPQRTVWXYZ2";

/// One Mac's name and what its hardware says.
pub(crate) fn machine(number: u32, like: &Hardware) -> (String, Hardware) {
    // Scattered, so that neither names nor serial numbers come in the order of enrolment.
    let scattered = number.wrapping_mul(2_654_435_761);
    let person = PEOPLE[scattered as usize % PEOPLE.len()];
    let (kind, model) = MODELS[(scattered >> 8) as usize % MODELS.len()];
    let hardware = Hardware {
        serial_number: serial_number(number),
        hardware_uuid: format!("{scattered:08X}-5A6B-4C7D-8E9F-{number:012X}"),
        model: model.to_owned(),
        chip: like.chip,
    };
    (format!("{person}\u{2019}s {kind} {number:06}"), hardware)
}

fn serial_number(number: u32) -> String {
    // An odd factor keeps different numbers different.
    let mut rest = u64::from(number).wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 8;
    let mut text = String::from("C02");
    for _ in 0..9 {
        text.push(char::from(DIGITS[usize::try_from(rest % 29).unwrap_or(0)]));
        rest /= 29;
    }
    text
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use trust::observation::Chip;

    use super::*;

    #[test]
    fn no_two_macs_are_the_same() {
        let like = Hardware {
            serial_number: String::new(),
            hardware_uuid: String::new(),
            model: String::new(),
            chip: Chip::AppleSilicon,
        };
        let macs: Vec<_> = (0..100_000).map(|number| machine(number, &like)).collect();
        let distinct =
            |of: fn(&(String, Hardware)) -> &str| macs.iter().map(of).collect::<BTreeSet<_>>().len();
        assert_eq!(distinct(|mac| &mac.0), macs.len());
        assert_eq!(distinct(|mac| &mac.1.serial_number), macs.len());
        assert_eq!(distinct(|mac| &mac.1.hardware_uuid), macs.len());
        assert!(macs.iter().all(|mac| mac.1.serial_number.len() == 12));
    }
}
