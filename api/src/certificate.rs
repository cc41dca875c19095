//! Looking a certificate up, and the documents that a pass yields.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

/// `POST /api/v1/certificates/lookup`: what stands on a paper certificate.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Lookup {
    /// The holder's last name; for a holder with one name, that name. Case and accents do not matter.
    pub last_name: String,
    /// The certificate number; case, blanks and hyphens do not matter.
    pub number: String,
}

/// Answer to [`Lookup`]: a match, or one identical «no match» whatever did not fit.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct LookupAnswer {
    /// The match, if name and number belong together.
    pub found: Option<LookupMatch>,
    /// The server's time when it answered.
    pub as_of: DateTime<Utc>,
}

/// The little that a matching name and number show.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct LookupMatch {
    /// The holder's name as on the certificate.
    pub holder: String,
    /// The credential's title.
    pub credential: String,
    /// Who issued it.
    pub issuer: String,
    /// The certificate number as printed.
    pub number: String,
    /// Valid from.
    pub valid_from: DateTime<Utc>,
    /// Valid until.
    pub valid_until: DateTime<Utc>,
    /// Whether it is valid today.
    pub state: MatchState,
    /// Whether it was issued as a demonstration and certifies nobody.
    pub demonstration: bool,
}

/// Whether a certificate is valid today.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum MatchState {
    /// In force.
    Valid,
    /// Past its last day.
    Expired,
    /// Taken back by its issuer.
    Revoked,
    /// Set aside by its issuer for now.
    Suspended,
}

/// The documents of a pass, for their holder.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct IssuedDocuments {
    /// The certificate number.
    pub number: String,
    /// The signed certificate.
    #[cfg_attr(feature = "openapi", schema(value_type = Object))]
    pub certificate: serde_json::Value,
    /// The signed CPD record.
    #[cfg_attr(feature = "openapi", schema(value_type = Object))]
    pub cpd_record: serde_json::Value,
    /// An address that offers to add the certificate to a LinkedIn profile.
    pub add_to_profile: String,
    /// The certificate as a token for wallets (`vc+jwt`, docs/JOSE.md).
    pub certificate_jwt: String,
    /// The CPD record as a token.
    pub cpd_record_jwt: String,
}

/// Answer to `POST /api/v1/attempt/badge`: a badge that names nobody, and what shows whose it is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct IssuedBadge {
    /// The signed badge.
    #[cfg_attr(feature = "openapi", schema(value_type = Object))]
    pub badge: serde_json::Value,
    /// The salt of the name's hash. It is kept nowhere else.
    pub salt: String,
    /// A picture with the badge in it: an SVG file.
    pub svg: String,
    /// A picture with the badge in it: a PNG file in base64.
    pub png: String,
}

/// Whether a certificate's page is public.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Sharing {
    /// Its address, if it is.
    pub address: Option<String>,
}

/// `POST /api/v1/attempt/selective/nonce`: what a holder's proof of possession has to answer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PossessionNonce {
    /// For the claim `nonce`; good for five minutes.
    pub nonce: String,
    /// For the claim `aud`: the issuer's identifier.
    pub audience: String,
}

/// `POST /api/v1/attempt/selective`: the proof that the holder has a key.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SelectiveRequest {
    /// A token of the type `openid4vci-proof+jwt` with the public key in its header (docs/JOSE.md).
    pub proof: String,
}

/// A certificate of which its holder can show parts.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SelectiveIssued {
    /// The token with all disclosures (SD-JWT VC): for its holder, who never hands it on as it is.
    pub credential: String,
    /// The claims that can be shown or not.
    pub claims: Vec<String>,
}
