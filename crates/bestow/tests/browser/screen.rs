//! What a person sees and does: links, buttons, fields by their labels, text on the page.

use std::path::Path;

use fantoccini::elements::Element;
use fantoccini::error::{CmdError, ErrorStatus};
use fantoccini::{Client, ClientBuilder, Locator};
use hyper_util::client::legacy::connect::HttpConnector;
use serde_json::{Value, json};
use tempfile::TempDir;

use super::support::child::{Running, command};
use super::support::wait::BOUND;

/// So often in a row nothing is replaced.
const TRIES: usize = 20;

/// Whether the browser runs scripts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scripts {
    /// As usual.
    On,
    /// Somebody has turned them off.
    Off,
}

/// A browser with one page open.
pub struct Screen {
    client: Client,
    _driver: Running,
    /// Where browser and driver keep what they need.
    _home: TempDir,
}

/// A running driver, and its port. It takes one that is free for one family of addresses and may find it taken in the
/// other: then it ends, and the next one tries another port.
fn driver(home: &Path) -> (Running, String) {
    loop {
        let mut driver = command(Path::new("chromedriver"));
        driver.args(["--port=0"]).env("HOME", home);
        let mut driver = Running::start(&mut driver, &home.join("driver.log"));
        let port = driver.read_until(|line| {
            let port = line.split_once("successfully on port ").map(|(_, port)| port);
            let is_told = port.is_some() || line.contains("port not available");
            is_told.then(|| port.map(|port| port.trim_end_matches('.').to_owned()))
        });
        if let Some(port) = port {
            return (driver, port);
        }
    }
}

impl Screen {
    /// A browser with an empty page.
    pub async fn open(scripts: Scripts) -> Self {
        let home = tempfile::tempdir().unwrap();
        let (driver, port) = driver(home.path());
        let options = json!({
            "args": ["--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--window-size=1280,1000"],
            "prefs": {
                "profile.managed_default_content_settings.javascript": if scripts == Scripts::On { 1 } else { 2 },
            },
        });
        let capabilities = [("goog:chromeOptions".to_owned(), options)].into_iter().collect();
        let client = ClientBuilder::new(HttpConnector::new())
            .capabilities(capabilities)
            .connect(&format!("http://127.0.0.1:{port}"))
            .await
            .unwrap();
        Self {
            client,
            _driver: driver,
            _home: home,
        }
    }

    /// Opens an address.
    pub async fn go(&self, address: &str) {
        self.client.goto(address).await.unwrap();
    }

    /// Closes the browser.
    pub async fn close(self) {
        self.client.close().await.unwrap();
    }

    /// Follows the link of this text.
    pub async fn follow(&self, text: &str) {
        self.click(&format!("//a[normalize-space()='{text}']")).await;
    }

    /// Presses the button of this text.
    pub async fn press(&self, text: &str) {
        self.click(&format!("//button[normalize-space()='{text}']")).await;
    }

    /// Presses the button of this text in the section whose heading begins so.
    pub async fn press_in(&self, section: &str, text: &str) {
        let section = format!("//section[h2[starts-with(normalize-space(), '{section}')]]");
        self.click(&format!("{section}//button[normalize-space()='{text}']"))
            .await;
    }

    /// Opens the menu of this text.
    pub async fn open_menu(&self, text: &str) {
        self.click(&format!("//summary[normalize-space()='{text}']"))
            .await;
    }

    /// Ticks the box of this label.
    pub async fn tick(&self, label: &str) {
        self.ticked_by(label).await.click().await.unwrap();
    }

    /// Whether the box of this label is ticked.
    pub async fn is_ticked(&self, label: &str) -> bool {
        self.ticked_by(label).await.is_selected().await.unwrap()
    }

    async fn ticked_by(&self, label: &str) -> Element {
        self.labelled(&format!("//label[normalize-space()=\"{label}\"]"))
            .await
    }

    /// Follows the link whose text begins so.
    pub async fn follow_beginning(&self, text: &str) {
        self.click(&format!("//a[starts-with(normalize-space(), '{text}')]"))
            .await;
    }

    /// Presses the first button whose text begins so.
    pub async fn press_beginning(&self, text: &str) {
        self.click(&format!("//button[starts-with(normalize-space(), '{text}')]"))
            .await;
    }

    /// What is printed in bold beside the field of this label.
    pub async fn bold(&self, label: &str) -> String {
        let beside = format!("//div[label[normalize-space()=\"{label}\"]]//strong");
        self.find(&beside).await.text().await.unwrap()
    }

    /// What the link of this text leads to, as a program reads it.
    pub async fn download(&self, text: &str) -> String {
        let link = self.find(&format!("//a[normalize-space()='{text}']")).await;
        let address = link.attr("href").await.unwrap().unwrap();
        let script = format!("return fetch({}).then(answer => answer.text())", json!(address));
        self.run(&script).await.as_str().unwrap().to_owned()
    }

    /// Opens the menu of this text in the section of this heading.
    pub async fn open_menu_in(&self, section: &str, text: &str) {
        let summary =
            format!("//fieldset[legend[normalize-space()='{section}']]//summary[normalize-space()='{text}']");
        self.click(&summary).await;
    }

    /// Types into the field of this label in the section of this heading, in the place of what is there.
    pub async fn fill(&self, section: &str, label: &str, text: &str) {
        let field = self.field(section, label).await;
        field.clear().await.unwrap();
        field.send_keys(text).await.unwrap();
    }

    /// Chooses what reads so in the field of this label in the section of this heading.
    pub async fn choose(&self, section: &str, label: &str, words: &str) {
        let field = self.field(section, label).await;
        field.select_by_label(words).await.unwrap();
    }

    /// Chooses what reads so in the field of this label.
    pub async fn choose_in(&self, label: &str, words: &str) {
        let label = format!("//label[normalize-space()=\"{label}\"]");
        let field = self.labelled(&label).await;
        field.select_by_label(words).await.unwrap();
    }

    /// Types into the field of this label, in the place of what is there.
    pub async fn fill_in(&self, label: &str, text: &str) {
        let label = format!("//label[normalize-space()=\"{label}\"]");
        let field = self.labelled(&label).await;
        field.clear().await.unwrap();
        field.send_keys(text).await.unwrap();
    }

    /// Chooses a file in the field of this label.
    pub async fn choose_file(&self, label: &str, file: &Path) {
        let field = self
            .labelled(&format!("//label[normalize-space()=\"{label}\"]"))
            .await;
        field.send_keys(file.to_str().unwrap()).await.unwrap();
    }

    /// The fact of this name.
    pub async fn fact(&self, name: &str) -> String {
        let fact = format!("//dt[normalize-space()='{name}']/following-sibling::dd");
        self.find(&fact).await.text().await.unwrap()
    }

    /// What stands in the code that begins so.
    pub async fn code(&self, beginning: &str) -> String {
        let code = format!("//code[starts-with(normalize-space(), '{beginning}')]");
        self.find(&code).await.text().await.unwrap()
    }

    /// What stands in the field of this label in the section of this heading.
    pub async fn filled_in(&self, section: &str, label: &str) -> String {
        let value = self.field(section, label).await.prop("value").await.unwrap();
        value.unwrap_or_default()
    }

    /// Waits until this text is to be seen.
    pub async fn see(&self, text: &str) {
        self.find(&format!(
            "//*[contains(normalize-space(), \"{text}\") and not(*[contains(normalize-space(), \"{text}\")])]"
        ))
        .await;
    }

    /// Everything that is written on the page, whether it is in view or not.
    pub async fn source(&self) -> String {
        self.client.source().await.unwrap()
    }

    /// A picture of what is shown, as PNG.
    pub async fn picture(&self) -> Vec<u8> {
        self.client.screenshot().await.unwrap()
    }

    /// What a script finds on the page.
    pub(super) async fn run(&self, script: &str) -> Value {
        self.client.execute(script, Vec::new()).await.unwrap()
    }

    /// The browser's other end.
    pub(super) fn client(&self) -> &Client {
        &self.client
    }

    async fn field(&self, section: &str, label: &str) -> Element {
        let label =
            format!("//fieldset[legend[normalize-space()='{section}']]//label[normalize-space()='{label}']");
        self.labelled(&label).await
    }

    /// The field of the label at this path.
    async fn labelled(&self, label: &str) -> Element {
        let label = self.find(label).await;
        let id = label.attr("for").await.unwrap().unwrap();
        self.find(&format!("//*[@id='{id}']")).await
    }

    /// Clicks on what is at this place. A page that keeps itself up to date may put a new one there in between.
    async fn click(&self, path: &str) {
        for _ in 0..TRIES {
            match self.find(path).await.click().await {
                Err(error) if is_stale(&error) => {}
                done => return done.unwrap(),
            }
        }
        panic!("{path} is replaced again and again\n{}", self.source().await);
    }

    async fn find(&self, path: &str) -> Element {
        let found = self
            .client
            .wait()
            .at_most(BOUND)
            .for_element(Locator::XPath(path))
            .await;
        match found {
            Ok(element) => element,
            Err(error) => panic!("{path}: {error}\n{}", self.source().await),
        }
    }
}

/// Whether the page has put something else in the place of the element.
fn is_stale(error: &CmdError) -> bool {
    matches!(error, CmdError::Standard(refused) if refused.error == ErrorStatus::StaleElementReference)
}
