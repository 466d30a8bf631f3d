//! Model, window and agent together.

use std::time::Duration;

use eframe::egui::{CentralPanel, Ui, ViewportCommand};
use trust::time::Timestamp;

use crate::agent::{Agent, Heard};
use crate::model::Model;
use crate::view::{self, Wish};

/// How often the window looks at the clock, where something in it depends on the time.
const TICK: Duration = Duration::from_secs(1);

/// The app, as it stands.
pub struct App<A, C> {
    model: Model,
    agent: A,
    clock: C,
}

impl<A: Agent, C: Fn() -> Timestamp> App<A, C> {
    /// The app, which asks `agent` how things stand at once.
    pub fn new(mut agent: A, clock: C) -> Self {
        agent.ask();
        Self {
            model: Model::default(),
            agent,
            clock,
        }
    }

    /// What it knows.
    pub fn model(&self) -> &Model {
        &self.model
    }

    /// Shows the window once, and does what was wished for in it.
    pub fn show(&mut self, ui: &mut Ui) {
        let now = (self.clock)();
        while let Some(heard) = self.agent.heard() {
            match heard {
                Heard::Status(status) => self.model.told(status, now),
                Heard::Begun => self.model.begun(),
                Heard::Ended(ended) => self.model.ended(ended),
            }
        }
        let wish = CentralPanel::default()
            .frame(view::frame(ui.style()))
            .show(ui, |ui| view::show(ui, &mut self.model, now))
            .inner;
        match wish {
            Some(Wish::Submit) => {
                if let Some(order) = self.model.submit(now) {
                    self.agent.create(order);
                }
                ui.ctx().request_repaint();
            }
            Some(Wish::AskAgain) => {
                self.model.ask_again();
                self.agent.ask();
                ui.ctx().request_repaint();
            }
            Some(Wish::Close) => ui.ctx().send_viewport_cmd(ViewportCommand::Close),
            None if self.model.is_over(now) => ui.ctx().send_viewport_cmd(ViewportCommand::Close),
            None if self.model.waits_for_time(now) => ui.ctx().request_repaint_after(TICK),
            None => {}
        }
    }
}

impl<A: Agent, C: Fn() -> Timestamp> eframe::App for App<A, C> {
    fn ui(&mut self, ui: &mut Ui, _: &mut eframe::Frame) {
        self.show(ui);
    }
}
