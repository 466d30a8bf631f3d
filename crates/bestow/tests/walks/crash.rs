//! Something is killed while the agent works.

use std::fs;

use macsim::front::pause::{Orphaned, PausePoint, When};
use macsim::model::random::Random;
use nix::sys::signal::{Signal, kill};
use nix::unistd::Pid;

use crate::support::site::Site;
use crate::support::wait;

/// Tools by which the agent changes the Mac or tries a password.
const TOOLS: &[&str] = &[
    "dscl",
    "dscl",
    "sysadminctl",
    "diskutil",
    "dseditgroup",
    "pwpolicy",
];

/// What is killed, and where.
#[derive(Debug)]
pub struct Crash {
    point: PausePoint,
    /// So many calls come through before.
    spared: usize,
    victim: Victim,
}

#[derive(Debug, Clone, Copy)]
enum Victim {
    Agent,
    Tool,
}

/// What came of a crash.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Met {
    /// The work was over before it came to the place.
    Never,
    /// The tool was killed.
    Tool,
    /// The agent was killed.
    Agent,
}

impl Crash {
    pub fn draw(draw: &mut Random) -> Self {
        let tool = *draw.pick(TOOLS);
        let orphaned = *draw.pick(&[Orphaned::Ends, Orphaned::Stays]);
        Self {
            point: PausePoint {
                tool: tool.to_owned(),
                arg: None,
                when: *draw.pick(&[When::BeforeEffect, When::AfterEffect]),
                orphaned,
            },
            spared: draw.below(if tool == "dscl" { 12 } else { 2 }),
            victim: *draw.pick(&[Victim::Agent, Victim::Agent, Victim::Tool]),
        }
    }

    /// Lets `work` begin and kills, once it stands where this says, unless `is_over` comes first.
    pub fn strike<W>(
        &self,
        site: &mut Site,
        work: impl FnOnce(&mut Site) -> W,
        is_over: impl Fn(&Site, &W) -> bool,
    ) -> (Met, W) {
        let mut number = site.mac.home.pause(&self.point).unwrap();
        let begun = work(site);
        let mut spared = 0;
        let reached = wait::until("a tool to be held, or the work to be over", || {
            let reached = site.mac.home.pause_is_reached(number);
            if reached && spared < self.spared {
                spared += 1;
                let next = site.mac.home.pause(&self.point).unwrap();
                site.mac.home.resume(number).unwrap();
                number = next;
                return None;
            }
            (reached || is_over(site, &begun)).then_some(reached)
        });
        let met = match (reached, self.victim) {
            (false, _) => Met::Never,
            (true, Victim::Tool) => {
                let path = site.mac.home.pause_reached_path(number);
                let id: i32 = fs::read_to_string(path).unwrap().parse().unwrap();
                kill(Pid::from_raw(id), Signal::SIGKILL).unwrap();
                Met::Tool
            }
            (true, Victim::Agent) => {
                site.mac.kill_agent();
                Met::Agent
            }
        };
        // What the dead agent has left behind goes on, or ends.
        site.mac.home.resume(number).unwrap();
        (met, begun)
    }
}
