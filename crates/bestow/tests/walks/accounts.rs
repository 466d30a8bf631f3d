//! What administrators order about people's accounts, without typing a Mac's name.

use super::walk::Walk;

/// Whose accounts there are, or may be.
const PEOPLE: [&str; 3] = ["ada", "ben", "cleo"];

/// One order about an account.
pub struct Wish {
    /// As on the command line, without the Mac.
    pub verb: Vec<&'static str>,
    /// What is typed, a line for each password.
    pub typed: Vec<String>,
    /// Who is to have which password afterwards.
    pub gives: Option<(&'static str, String)>,
    /// Who may be an administrator afterwards.
    pub promotes: Option<&'static str>,
}

impl Walk {
    /// Draws something to be done to an account.
    pub fn wish(&mut self) -> Wish {
        let who = *self.draw.pick(&PEOPLE);
        let helper = *self.draw.pick(&PEOPLE);
        let password = |name| self.passwords.get(name).cloned().unwrap_or_default();
        let (own, helpers) = (password(who), password(helper));
        self.given_passwords += 1;
        let new = format!("Given-{}-passphrase!", self.given_passwords);
        let plain = |verb| Wish {
            verb: vec!["account", verb, "--target", who],
            typed: Vec::new(),
            gives: None,
            promotes: None,
        };
        let read = "--password-stdin";
        match self.draw.below(13) {
            0 => Wish {
                promotes: Some(who),
                ..plain("promote")
            },
            1 | 2 => plain("demote"),
            3 | 4 => plain("disable"),
            5 | 6 => plain("unlock"),
            7 => plain("delete"),
            8 => Wish {
                verb: vec!["account", "change-password", "--target", who, read],
                typed: vec![own, new.clone()],
                gives: Some((who, new)),
                promotes: None,
            },
            9 | 10 => Wish {
                verb: vec![
                    "account",
                    "reset-password",
                    "--target",
                    who,
                    "--administrator",
                    helper,
                    read,
                ],
                typed: vec![helpers, new.clone()],
                gives: Some((who, new)),
                promotes: None,
            },
            11 => Wish {
                verb: vec!["adopt", "--target", who, read],
                typed: vec![own],
                ..plain("")
            },
            _ => Wish {
                verb: vec![
                    "create-user",
                    "--username",
                    "cleo",
                    "--full-name",
                    "Cleo",
                    "--role",
                    "administrator",
                    "--administrator",
                    helper,
                    read,
                ],
                typed: vec![helpers, new.clone()],
                gives: Some(("cleo", new)),
                promotes: Some("cleo"),
            },
        }
    }

    /// Carries an order about an account out, and learns which password it has left.
    pub fn look_after_an_account(&mut self) -> String {
        let wish = self.wish();
        let (command, rest) = wish.verb.split_first().unwrap();
        let device = self.device.clone();
        let args = [&[*command, device.as_str()], rest].concat();
        self.allowed.given = wish.gives.as_ref().map(|(name, _)| *name);
        self.allowed.promoted = wish.promotes;
        let told = self.order(&args, &wish.typed.join("\n"));
        if let Some((name, new)) = wish.gives {
            let mac = self.site.mac.home.load().unwrap();
            if mac.directory.user(name).is_some_and(|user| user.accepts(&new)) {
                self.passwords.insert(name, new);
            }
        }
        told
    }
}
