//! Whichever way a search goes, it finds the same.

use super::*;
use crate::device::testing::{id, with_macs};

/// Everything that is found, four to a page.
async fn found(store: &Store, text: &str, chain: Option<&str>, few: u32) -> Vec<String> {
    let mut page = Page {
        containing: text.to_owned(),
        chain: chain.map(str::to_owned),
        limit: 4,
        ..Page::default()
    };
    let mut names = Vec::new();
    loop {
        let part = list_gathering(store, id(1), &page, few).await.unwrap();
        let Some(last) = part.last() else { return names };
        page.after = Some((last.name.to_lowercase(), last.id));
        names.extend(part.into_iter().map(|device| device.name));
    }
}

#[tokio::test]
async fn rare_and_common_words_are_found_page_by_page() {
    let (store, _folder) = with_macs(30).await;
    for (text, count) in [
        ("lab", 30),
        ("l", 30),
        ("even", 15),
        ("la od", 15),
        ("c02", 30),
        ("01", 11),
        ("lab 07", 1),
        ("uuid 003", 1),
        ("lab x", 0),
    ] {
        let gathered = found(&store, text, None, 1_000).await;
        assert_eq!(gathered.len(), count, "{text}: {gathered:?}");
        assert!(gathered.is_sorted(), "{text}: {gathered:?}");
        for few in [0, 12] {
            assert_eq!(found(&store, text, None, few).await, gathered, "{text}, {few}");
            let filtered = found(&store, text, Some(crate::device::NOT_OBSERVED), few).await;
            assert_eq!(filtered, gathered, "{text}, {few}");
            assert!(found(&store, text, Some("broken"), few).await.is_empty());
        }
    }
}

#[tokio::test]
async fn the_shortest_way_is_taken() {
    let (store, _folder) = with_macs(10).await;
    let mut reader = store.readers().acquire().await.unwrap();
    for (text, way) in [
        ("", Way::Everywhere),
        ("x", Way::Nowhere),
        ("lab x", Way::Nowhere),
        ("even", Way::Few("even".to_owned())),
        ("lab even", Way::Few("even".to_owned())),
        ("la", Way::Along("lab".to_owned())),
        ("c0", Way::Everywhere),
    ] {
        let sought = Sought::read(text);
        assert_eq!(
            sought.way(&INDEX, &mut reader, id(1), 5).await.unwrap(),
            way,
            "{text}"
        );
    }
}
