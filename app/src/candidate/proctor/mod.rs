//! What passes between candidate and proctor when there is no network between them.

mod check_in;
mod codes;
mod head;

pub(super) use check_in::CheckInPage;
pub(super) use codes::CodesPage;
pub(super) use head::HeadView;
