//! What was measured, beside what it should be.

use serde::Serialize;

/// One figure.
#[derive(Debug, Clone, Serialize)]
pub struct Figure {
    /// What it is of.
    pub what: String,
    /// What was measured, in `unit`.
    pub measured: f64,
    /// Such as `ms` or `MiB`.
    pub unit: &'static str,
    /// What it must be, in the same unit; absent where it only explains another figure.
    pub bar: Option<Bar>,
    /// The best that a comparable product was measured at.
    pub peer: Option<Peer>,
    /// How far it depends on what else the machine does.
    pub kind: Kind,
}

/// A limit.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Bar {
    /// No more than this.
    AtMost(f64),
    /// No less than this.
    AtLeast(f64),
}

/// A comparable product's figure.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Peer {
    /// In the figure's unit.
    pub measured: f64,
    /// What it is of, where that is not quite the same.
    pub of: &'static str,
}

/// How a figure was measured.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// Processor time: hardly depends on what else runs.
    Processor,
    /// A clock on the wall: noisy on a machine that does other things.
    Wall,
    /// Counted, or a size.
    Counted,
}

impl Kind {
    /// In a word.
    pub fn word(self) -> &'static str {
        match self {
            Self::Processor => "processor",
            Self::Wall => "wall",
            Self::Counted => "counted",
        }
    }
}

impl Figure {
    /// A figure without bar and peer.
    pub fn new(what: impl Into<String>, measured: f64, unit: &'static str, kind: Kind) -> Self {
        Self {
            what: what.into(),
            measured,
            unit,
            bar: None,
            peer: None,
            kind,
        }
    }

    /// The same figure with a limit.
    #[must_use]
    pub fn bar(self, bar: Bar) -> Self {
        Self {
            bar: Some(bar),
            ..self
        }
    }

    /// The same figure beside a comparable product's.
    #[must_use]
    pub fn peer(self, measured: f64, of: &'static str) -> Self {
        Self {
            peer: Some(Peer { measured, of }),
            ..self
        }
    }

    /// How many times better than the bar it is; below 1 the bar is missed.
    pub fn against_bar(&self) -> Option<f64> {
        self.bar.map(|bar| match bar {
            Bar::AtMost(most) => most / self.measured,
            Bar::AtLeast(least) => self.measured / least,
        })
    }

    /// How many times better than the peer it is, in the bar's direction.
    pub fn against_peer(&self) -> Option<f64> {
        let peer = self.peer?.measured;
        match self.bar? {
            Bar::AtMost(_) => Some(peer / self.measured),
            Bar::AtLeast(_) => Some(self.measured / peer),
        }
    }

    /// Whether it keeps its bar; one without a bar does.
    pub fn keeps_its_bar(&self) -> bool {
        self.bar.is_none_or(|bar| match bar {
            Bar::AtMost(most) => self.measured <= most,
            Bar::AtLeast(least) => self.measured >= least,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn less_is_better_where_the_bar_is_a_maximum() {
        let figure = Figure::new("poll", 0.1, "ms", Kind::Processor).bar(Bar::AtMost(0.15));
        let figure = figure.peer(0.3, "another");
        assert!(figure.keeps_its_bar());
        assert!((figure.against_bar().unwrap() - 1.5).abs() < 1e-9);
        assert!((figure.against_peer().unwrap() - 3.0).abs() < 1e-9);
    }

    #[test]
    fn more_is_better_where_the_bar_is_a_minimum() {
        let figure = Figure::new("delivered", 150.0, "", Kind::Counted).bar(Bar::AtLeast(300.0));
        assert!(!figure.keeps_its_bar());
        assert!((figure.against_bar().unwrap() - 0.5).abs() < 1e-9);
        assert!((figure.peer(7.0, "another").against_peer().unwrap() - 150.0 / 7.0).abs() < 1e-9);
    }

    #[test]
    fn a_figure_that_only_explains_keeps_its_bar() {
        let figure = Figure::new("p99", 9.0, "ms", Kind::Wall);
        assert!(figure.keeps_its_bar() && figure.against_bar().is_none());
    }
}
