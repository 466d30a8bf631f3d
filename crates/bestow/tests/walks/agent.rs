//! A real agent that is watched: whether it has something to do it says in its log.

use std::fs;

use crate::support::site::Site;
use crate::support::wait;

/// The agent of a site.
pub struct Watched {
    /// Where in the log the present run begins.
    from: usize,
    /// How many logins it has been told of.
    logins: u64,
}

impl Watched {
    /// Starts the agent, and waits until it has done what was to be done.
    pub fn start(site: &mut Site) -> Self {
        let from = log(site).len();
        site.mac.start_agent();
        let mut watched = Self { from, logins: 0 };
        watched.wait_until_idle(site);
        watched.logins = watched.idle_with(site).unwrap_or_default();
        watched
    }

    /// The same agent, which is told of one more login.
    pub fn told_of_one_more(&self) -> Self {
        Self {
            from: self.from,
            logins: self.logins + 1,
        }
    }

    /// Waits until it has nothing to do and has dealt with every login.
    pub fn wait_until_idle(&self, site: &Site) {
        wait::until("the agent to have nothing to do", || {
            self.is_idle(site).then_some(())
        });
    }

    /// Whether it has nothing to do and has dealt with every login.
    pub fn is_idle(&self, site: &Site) -> bool {
        self.idle_with(site) >= Some(self.logins)
    }

    /// How many logins it had been told of when it last had nothing to do.
    fn idle_with(&self, site: &Site) -> Option<u64> {
        let log = log(site);
        let line = log.get(self.from..)?.lines().rev();
        let mut idle = line.filter(|line| line.contains("nothing to do"));
        let (_, count) = idle.next()?.rsplit_once("logins=")?;
        count.trim().parse().ok()
    }
}

fn log(site: &Site) -> String {
    fs::read_to_string(site.mac.log()).unwrap_or_default()
}
