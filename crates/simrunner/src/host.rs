//! What a simulated tool finds around it: the Mac, its input, and a terminal at which the driver answers.

use std::collections::VecDeque;

use mac::Conversation;
use macsim::model::clock::UnixMillis;
use macsim::model::mac::Mac;
use macsim::tools::host::{Echo, Host, Stage};

pub(crate) struct SimHost<'a> {
    pub mac: &'a mut Mac,
    pub stdin: VecDeque<u8>,
    pub talk: Option<Conversation<'a>>,
    pub shown: String,
    pub out: String,
    pub err: String,
    pub now: UnixMillis,
}

impl Host for SimHost<'_> {
    fn look(&mut self, see: &mut dyn FnMut(&Mac)) {
        see(self.mac);
    }

    fn change(&mut self, apply: &mut dyn FnMut(&mut Mac)) {
        apply(self.mac);
    }

    fn reach(&mut self, _stage: Stage) {}

    fn write_out(&mut self, text: &str) {
        self.out.push_str(text);
    }

    fn write_err(&mut self, text: &str) {
        self.err.push_str(text);
    }

    fn stdin_line(&mut self, limit: usize) -> Option<String> {
        if self.stdin.is_empty() {
            return None;
        }
        let line: Vec<u8> = std::iter::from_fn(|| self.stdin.pop_front())
            .take_while(|byte| *byte != b'\n')
            .collect();
        Some(String::from_utf8_lossy(&line[..line.len().min(limit)]).into_owned())
    }

    fn stdin_rest(&mut self) -> Vec<u8> {
        self.stdin.drain(..).collect()
    }

    fn has_terminal(&mut self) -> bool {
        self.talk.is_some()
    }

    fn ask_terminal(&mut self, prompt: &str, _echo: Echo, limit: usize) -> Option<String> {
        self.shown.push_str(prompt);
        match self.talk.as_mut()?.hear(prompt.as_bytes()) {
            Some(mac::Action::Type(bytes)) => {
                let typed = String::from_utf8_lossy(&bytes).into_owned();
                self.shown.push('\n');
                Some(typed.trim_end_matches('\n').chars().take(limit).collect())
            }
            Some(mac::Action::HangUp) | None => None,
        }
    }

    fn now(&mut self) -> UnixMillis {
        self.now
    }
}
