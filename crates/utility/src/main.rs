//! The program: one window.

use std::path::PathBuf;
use std::process::ExitCode;
use std::time::SystemTime;

use clap::{Parser, ValueEnum};
use eframe::egui::{self, ThemePreference, ViewportBuilder};
use eframe::{NativeOptions, Renderer};
use trust::time::Timestamp;
use utility::agent::SocketAgent;
use utility::app::App;
use utility::font;
use utility_protocol::client::Client;

/// What the window is called.
const TITLE: &str = "Bestow Service Account";

/// Makes this Mac's service account, or makes it whole, with the help of an account of this Mac.
#[derive(Debug, Parser)]
#[command(name = "bestow-service-account", version)]
struct Cli {
    /// Where the Mac's file system begins. Another value is for simulated Macs.
    #[arg(long, default_value = "/", value_name = "DIR")]
    root: PathBuf,
    /// Light or dark; by default as the system is.
    #[arg(long, value_enum, default_value_t)]
    appearance: Appearance,
}

#[derive(Debug, Clone, Copy, Default, ValueEnum)]
enum Appearance {
    #[default]
    System,
    Light,
    Dark,
}

impl From<Appearance> for ThemePreference {
    fn from(appearance: Appearance) -> Self {
        match appearance {
            Appearance::System => Self::System,
            Appearance::Light => Self::Light,
            Appearance::Dark => Self::Dark,
        }
    }
}

fn main() -> ExitCode {
    let cli = Cli::parse();
    match open(&cli) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("bestow-service-account: open a window: {error}");
            ExitCode::FAILURE
        }
    }
}

fn open(cli: &Cli) -> eframe::Result {
    let options = NativeOptions {
        viewport: ViewportBuilder::default()
            .with_title(TITLE)
            .with_inner_size(utility::view::SIZE)
            .with_min_inner_size(utility::view::SMALLEST),
        renderer: Renderer::Glow,
        ..NativeOptions::default()
    };
    let (client, appearance) = (Client::new(&cli.root), cli.appearance);
    eframe::run_native(
        TITLE,
        options,
        Box::new(move |context| {
            font::install(&context.egui_ctx);
            utility::view::style(&context.egui_ctx);
            context.egui_ctx.set_theme(appearance);
            let window: egui::Context = context.egui_ctx.clone();
            let agent = SocketAgent::new(client, move || window.request_repaint());
            Ok(Box::new(App::new(agent, now)))
        }),
    )
}

#[expect(clippy::disallowed_methods, reason = "the program's one clock")]
fn now() -> Timestamp {
    let since = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH);
    Timestamp(0).plus(since.unwrap_or_default())
}
