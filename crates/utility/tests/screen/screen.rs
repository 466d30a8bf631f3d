//! A screen of the test's own, in memory, with somebody who looks and types.

use std::io::{BufRead as _, BufReader};
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use x11rb::connection::Connection as _;
use x11rb::protocol::xproto::{
    ConnectionExt as _, ImageFormat, InputFocus, KEY_PRESS_EVENT, KEY_RELEASE_EVENT, MapState,
};
use x11rb::protocol::xtest::ConnectionExt as _;
use x11rb::rust_connection::RustConnection;

/// The longest that anything may take on a busy machine.
pub const BOUND: Duration = Duration::from_secs(60);

const WIDTH: u16 = 520;
const HEIGHT: u16 = 580;

/// What X calls the key Return.
const RETURN: u32 = 0xFF0D;

/// A colour as it stands on the screen: red, green, blue.
pub type Colour = [u8; 3];

/// The screen.
pub struct Screen {
    server: Child,
    connection: RustConnection,
    root: u32,
    /// Its name, for programs.
    pub name: String,
}

impl Screen {
    /// Starts one.
    pub fn start() -> Self {
        let size = format!("{WIDTH}x{HEIGHT}x24");
        #[expect(clippy::disallowed_methods, reason = "the test's own screen")]
        let mut server = Command::new("Xvfb")
            .args(["-displayfd", "1", "-screen", "0", &size, "-nolisten", "tcp"])
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let mut number = String::new();
        BufReader::new(server.stdout.take().unwrap())
            .read_line(&mut number)
            .unwrap();
        let name = format!(":{}", number.trim());
        let (connection, screen) = x11rb::connect(Some(&name)).unwrap();
        let root = connection.setup().roots[screen].root;
        Self {
            server,
            connection,
            root,
            name,
        }
    }

    /// Every pixel, row by row.
    fn pixels(&self) -> Vec<Colour> {
        let (left, top) = (0, 0);
        let image = self
            .connection
            .get_image(ImageFormat::Z_PIXMAP, self.root, left, top, WIDTH, HEIGHT, !0)
            .unwrap()
            .reply()
            .unwrap();
        let blue_first = image.data.chunks_exact(4);
        blue_first.map(|pixel| [pixel[2], pixel[1], pixel[0]]).collect()
    }

    /// Waits until at least so many pixels have this colour.
    pub fn wait_for(&self, colour: Colour, at_least: usize) {
        let mut most = 0;
        until("something to be drawn", || {
            let pixels = self.pixels();
            most = pixels.iter().filter(|pixel| **pixel == colour).count();
            (most >= at_least).then_some(())
        });
    }

    /// Takes a picture, where pictures are wanted.
    pub fn picture(&self, name: &str) {
        let Some(folder) = std::env::var_os("BESTOW_SCREENSHOTS").map(PathBuf::from) else {
            return;
        };
        let pixels = self.pixels().concat();
        std::fs::create_dir_all(&folder).unwrap();
        let picture = image::RgbImage::from_raw(WIDTH.into(), HEIGHT.into(), pixels).unwrap();
        picture.save(folder.join(format!("utility-{name}.png"))).unwrap();
    }

    /// Types letters, digits and hyphens into the window, and Return.
    pub fn types(&self, text: &str) {
        let window = until("a window to be shown", || self.window());
        self.connection
            .set_input_focus(InputFocus::POINTER_ROOT, window, x11rb::CURRENT_TIME)
            .unwrap();
        for symbol in text.bytes().map(u32::from) {
            self.presses(symbol);
        }
    }

    /// Presses Return.
    pub fn presses_return(&self) {
        self.presses(RETURN);
    }

    fn presses(&self, symbol: u32) {
        let setup = self.connection.setup();
        let (first, last) = (setup.min_keycode, setup.max_keycode);
        let mapping = self
            .connection
            .get_keyboard_mapping(first, last - first + 1)
            .unwrap()
            .reply()
            .unwrap();
        let mut keys = mapping.keysyms.chunks(mapping.keysyms_per_keycode.into());
        let key = keys.position(|symbols| symbols.first() == Some(&symbol)).unwrap();
        let key = first + u8::try_from(key).unwrap();
        for event in [KEY_PRESS_EVENT, KEY_RELEASE_EVENT] {
            self.connection
                .xtest_fake_input(event, key, x11rb::CURRENT_TIME, self.root, 0, 0, 0)
                .unwrap()
                .check()
                .unwrap();
        }
    }

    /// The window that is seen.
    fn window(&self) -> Option<u32> {
        let tree = self.connection.query_tree(self.root).unwrap().reply().unwrap();
        tree.children.into_iter().find(|window| {
            let seen = self.connection.get_window_attributes(*window).unwrap().reply();
            let size = self.connection.get_geometry(*window).unwrap().reply();
            seen.is_ok_and(|seen| seen.map_state == MapState::VIEWABLE)
                && size.is_ok_and(|size| size.width > 100)
        })
    }
}

impl Drop for Screen {
    fn drop(&mut self) {
        let _ = self.server.kill();
        let _ = self.server.wait();
    }
}

/// Waits until `look` finds something: nothing else tells a test that another program has drawn.
#[expect(clippy::disallowed_methods, reason = "between two looks at another process")]
pub fn until<T>(what: &str, mut look: impl FnMut() -> Option<T>) -> T {
    let begun = Instant::now();
    loop {
        if let Some(found) = look() {
            return found;
        }
        assert!(begun.elapsed() < BOUND, "waited {BOUND:?} for {what}");
        std::thread::sleep(Duration::from_millis(20));
    }
}
