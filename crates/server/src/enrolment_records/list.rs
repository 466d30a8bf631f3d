//! `GET /api/v1/enrolment-records`: who uses which Mac, by serial number.
#![expect(unused_qualifications, reason = "what utoipa writes for `params(Wanted)`")]

use axum::Json;
use axum::extract::State;
use serde::Deserialize;
use store::enrolment_record;
use trust::enrolment::SerialNumber;
use utoipa::IntoParams;

use super::view::EnrolmentRecordView;
use crate::app::SharedApp;
use crate::identity::Caller;
use crate::input::QueryOf;
use crate::page::{self, Page};
use crate::problem::{Problem, ProblemView};

/// Which records are wanted.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct Wanted {
    /// Only those of whose serial number, user name, name, e-mail address or account a word begins with each word of this. A
    /// serial number is found by any three of its characters, too.
    pub q: Option<String>,
    /// `next_cursor` of the page before.
    pub cursor: Option<String>,
    /// How many a page has: 1 to 500, 50 unless told.
    pub limit: Option<u32>,
}

/// Lists enrolment records in the order of their serial numbers.
#[utoipa::path(get, path = "/api/v1/enrolment-records", tag = "enrolment", params(Wanted), responses(
    (status = 200, description = "A page of records, without their secrets", body = Page<EnrolmentRecordView>),
    (status = "4XX", description = "A problem", body = ProblemView, content_type = "application/problem+json"),
))]
pub(crate) async fn list_enrolment_records(
    State(app): State<SharedApp>,
    caller: Caller,
    QueryOf(wanted): QueryOf<Wanted>,
) -> Result<Json<Page<EnrolmentRecordView>>, Problem> {
    list(&app, &caller, wanted).await.map(Json)
}

/// A page of records.
pub(crate) async fn list(
    app: &SharedApp,
    caller: &Caller,
    wanted: Wanted,
) -> Result<Page<EnrolmentRecordView>, Problem> {
    let limit = page::limit(wanted.limit)?;
    let after: Option<SerialNumber> = page::read_cursor(wanted.cursor.as_deref())?;
    let asked = enrolment_record::Page {
        containing: wanted.q.unwrap_or_default(),
        after,
        limit: limit + 1,
    };
    let organization_id = caller.organization_id;
    let mut views = Vec::new();
    for kept in enrolment_record::list(&app.store, organization_id, &asked).await? {
        let serial_number = &kept.record.serial_number;
        let secrets = store::collected_secret::list(&app.store, organization_id, serial_number).await?;
        let device = store::device::of_serial_number(&app.store, organization_id, serial_number).await?;
        views.push(EnrolmentRecordView::of(app, kept, &secrets, device.as_ref()));
    }
    Ok(Page::cut(
        views,
        limit,
        |view| view.serial_number.clone(),
        |view| view,
    ))
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use crate::testing::{FakeMac, Person, TestApp, healthy_mac};

    #[tokio::test]
    async fn records_are_listed_a_page_at_a_time_and_found_by_their_person() {
        let app = TestApp::start().await;
        let mac = app.enrolled(FakeMac::new(2, healthy_mac())).await;
        for (serial_number, name) in [("SERIAL3", "eve"), ("SERIAL1", "ada"), ("SERIAL2", "ben")] {
            app.bind(&Person::new(serial_number, name)).await;
        }
        let path = "/api/v1/enrolment-records";
        let names = |page: &Value| -> Vec<String> {
            let items = page["items"].as_array().unwrap().iter();
            items
                .map(|item| item["username"].as_str().unwrap().to_owned())
                .collect()
        };
        let first = app.get(format!("{path}?limit=2")).await.expect(200);
        assert_eq!(names(&first), ["ada", "ben"]);
        assert_eq!(first["items"][1]["device_id"], mac.id().to_string());
        let cursor = first["next_cursor"].as_str().unwrap();
        let second = app
            .get(format!("{path}?limit=2&cursor={cursor}"))
            .await
            .expect(200);
        assert_eq!(
            (names(&second), &second["next_cursor"]),
            (vec!["eve".to_owned()], &json!(null))
        );
        assert_eq!(
            names(&app.get(format!("{path}?q=serial2")).await.expect(200)),
            ["ben"]
        );
        assert_eq!(
            names(&app.get(format!("{path}?q=Full%20Ev")).await.expect(200)),
            ["eve"]
        );
        app.get(format!("{path}?limit=0"))
            .await
            .expect_invalid(400, "limit");
        app.get(format!("{path}?cursor=x"))
            .await
            .expect_invalid(400, "cursor");
    }
}
