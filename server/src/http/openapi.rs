//! The API described by OpenAPI, from the code.

use axum::Json;
use utoipa::{
    Modify, OpenApi,
    openapi::security::{Http, HttpAuthScheme, SecurityScheme},
};

use super::{attempt, certificate, held, office, open_book, practice, rehearsal, selective, tlog};

#[derive(OpenApi)]
#[openapi(
    info(title = "Invigil", description = "Sit a certification exam, fetch its result, verify its certificate."),
    modifiers(&Tokens),
    paths(
        attempt::admit, attempt::status, attempt::start, attempt::package, attempt::package_by_link, attempt::exam_keys,
        attempt::collect, attempt::journal, attempt::result, attempt::documents,
        attempt::certificate_pdf, held::badge_png, held::badge_svg, held::badge, held::sharing, held::share,
        held::unshare, tlog::certificate_proof, tlog::cpd_record_proof, certificate::verify, certificate::trust,
        certificate::look_up, office::sign_in, office::sittings, practice::practice_set, open_book::open_book,
        rehearsal::draw, selective::nonce, selective::issue
    )
)]
struct Description;

struct Tokens;

impl Modify for Tokens {
    fn modify(&self, description: &mut utoipa::openapi::OpenApi) {
        let components = description.components.get_or_insert_default();
        for name in ["attempt", "office"] {
            components.add_security_scheme(name, SecurityScheme::Http(Http::new(HttpAuthScheme::Bearer)));
        }
    }
}

/// The description.
pub fn document() -> utoipa::openapi::OpenApi {
    Description::openapi()
}

pub(super) async fn serve() -> Json<utoipa::openapi::OpenApi> {
    Json(document())
}
