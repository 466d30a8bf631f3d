//! An agent that says what a test has it say, and the window that asks it.

use std::cell::{Cell, RefCell};
use std::collections::VecDeque;
use std::rc::Rc;

use egui_kittest::Harness;
use secrecy::ExposeSecret as _;
use trust::time::Timestamp;
use utility::agent::{Agent, Heard};
use utility::app::App;
use utility::model::Order;
use utility::{font, view};
use utility_protocol::message::{Ended, Holds, LocalAccount, Need, Status};

/// What the test and its agent know of each other.
#[derive(Default)]
pub struct Talk {
    says: RefCell<VecDeque<Heard>>,
    asked: Cell<u32>,
    orders: RefCell<Vec<(String, String)>>,
}

/// The agent.
pub struct FakeAgent(Rc<Talk>);

impl Agent for FakeAgent {
    fn ask(&mut self) {
        self.0.asked.set(self.0.asked.get() + 1);
    }

    fn create(&mut self, order: Order) {
        let said = (
            order.account.to_string(),
            order.password.expose_secret().to_owned(),
        );
        self.0.orders.borrow_mut().push(said);
    }

    fn heard(&mut self) -> Option<Heard> {
        self.0.says.borrow_mut().pop_front()
    }
}

/// A window in front of the agent.
pub struct Window {
    pub harness: Harness<'static>,
    talk: Rc<Talk>,
    now: Rc<Cell<Timestamp>>,
}

impl Window {
    /// The window, just opened.
    pub fn open() -> Self {
        let talk = Rc::new(Talk::default());
        let now = Rc::new(Cell::new(Timestamp(1_795_336_205_999)));
        let clock = Rc::clone(&now);
        let mut app = App::new(FakeAgent(Rc::clone(&talk)), move || clock.get());
        let harness = Harness::builder()
            .with_size(view::SIZE)
            .with_context_setup(|window| {
                font::install(window);
                view::style(window);
            })
            // What is tested is what is said, on machines without typefaces, too.
            .allow_missing_glyphs()
            .build_ui(move |ui| app.show(ui));
        Self { harness, talk, now }
    }

    /// The window of somebody who is needed.
    pub fn asking_for_help(accounts: Vec<LocalAccount>) -> Self {
        let mut window = Self::open();
        let need = Need::Needed { obstacle: None };
        window.hears(Heard::Status(Ok(Ok(Status { need, accounts }))));
        window
    }

    /// The agent says something, and the window shows it.
    pub fn hears(&mut self, what: Heard) {
        self.talk.says.borrow_mut().push_back(what);
        self.goes_on();
    }

    /// The agent has ended its work.
    pub fn hears_the_end(&mut self, ended: Ended) {
        self.hears(Heard::Ended(Ok(ended)));
    }

    /// Shows the window as often as something in it moves on by itself; a spinner never stops.
    pub fn goes_on(&mut self) {
        self.harness.run_steps(4);
    }

    /// Lets time pass.
    pub fn passes(&mut self, seconds: u64) {
        let now = self.now.get().plus(std::time::Duration::from_secs(seconds));
        self.now.set(now);
        self.goes_on();
    }

    /// The time now.
    pub fn now(&self) -> Timestamp {
        self.now.get()
    }

    /// How often the agent was asked how things stand.
    pub fn times_asked(&self) -> u32 {
        self.talk.asked.get()
    }

    /// What the agent was asked to do: account and password of each order.
    pub fn orders(&self) -> Vec<(String, String)> {
        self.talk.orders.borrow().clone()
    }

    /// Whether the window was told to close.
    pub fn closes(&self) -> bool {
        let viewports = &self.harness.output().viewport_output;
        viewports
            .values()
            .any(|viewport| viewport.commands.contains(&eframe::egui::ViewportCommand::Close))
    }
}

/// Ada can help; ben cannot.
pub fn people() -> Vec<LocalAccount> {
    let account = |name: &str, real_name: &str, holds, administrator| LocalAccount {
        record_name: name.parse().unwrap(),
        real_name: real_name.to_owned(),
        holds,
        administrator,
    };
    vec![
        account("ben", "Ben Bose", Holds::No, false),
        account("ada", "Ada Lovelace", Holds::Yes, true),
    ]
}
