//! Extra time, breaks and pauses, as they count where the server did not see them.

use chrono::Duration;
use server::engine::Place;
use signing::code::Code80;
use sitting::{Allows, Event, Grant};

use crate::fixture::{Candidate, NOW, World, place};

/// Somebody who began without a network, in a window of two hours.
async fn offline(world: &World) -> Candidate<'_> {
    let scheduled = world.schedule_for(Duration::hours(2), &[place("c", "Zoë", "Zoë")]).await;
    Candidate::offline(world, &scheduled, 0).await
}

/// How many of the lines count if they come so many minutes after the opening of the window.
async fn lines_in_time(zoe: &Candidate<'_>, minutes: i64) -> bool {
    let passed = zoe.world.now() - NOW;
    zoe.world.pass(Duration::minutes(minutes) - passed);
    zoe.hand_over().await;
    let (_, record) = zoe.judged().await;
    record["journal_lines_in_time"] == record["journal_lines"]
}

#[tokio::test]
async fn approved_extra_time_is_time_without_a_network_too() {
    for (minutes, in_time) in [(210, true), (212, false)] {
        let world = World::new();
        let approved = Place { extra_minutes: 30, ..place("c", "Zoë", "Zoë") };
        let mut zoe = world.offline(approved).await;
        zoe.sit_alone(8).await;
        assert_eq!(lines_in_time(&zoe, minutes).await, in_time, "{minutes}");
    }
}

#[tokio::test]
async fn extra_time_by_code_and_by_signature_is_time() {
    for (minutes, in_time) in [(205, true), (207, false)] {
        let world = World::new();
        let mut zoe = offline(&world).await;
        let sheet = world.engine.sheet(&zoe.attempt).await.unwrap();
        // The greater code says all, not more.
        for code in [&sheet.extra_time[0], &sheet.extra_time[2]] {
            zoe.write(&Event::Granted { grant: Grant::of_code(&Code80::parse(&code.1).unwrap()) });
        }
        let signed = world.engine.grant(&zoe.attempt, Allows::ExtraTime { minutes: 10 }, "noise").await.unwrap();
        zoe.write(&Event::Granted { grant: Grant::of_signed(signed) });
        zoe.sit_alone(8).await;
        assert_eq!(lines_in_time(&zoe, minutes).await, in_time, "{minutes}");
    }
}

#[tokio::test]
async fn breaks_count_within_what_was_approved_and_no_further() {
    for (rest, minutes, in_time) in [(10, 190, true), (10, 192, false), (40, 195, true), (40, 197, false)] {
        let world = World::new();
        let approved = Place { break_minutes: 15, ..place("c", "Zoë", "Zoë") };
        let mut zoe = world.offline(approved).await;
        let plan = world.plan(&zoe.attempt).await;
        zoe.open();
        zoe.write(&Event::Paused {});
        world.pass(Duration::minutes(rest));
        zoe.write(&Event::Continued {});
        zoe.answer_all(&plan, 8);
        zoe.submit();
        assert_eq!(lines_in_time(&zoe, minutes).await, in_time, "{rest} {minutes}");
    }
}

#[tokio::test]
async fn a_pause_that_the_proctor_gave_by_code_is_no_working_time() {
    for (minutes, in_time) in [(200, true), (202, false)] {
        let world = World::new();
        let mut zoe = offline(&world).await;
        let sheet = world.engine.sheet(&zoe.attempt).await.unwrap();
        let plan = world.plan(&zoe.attempt).await;
        zoe.open();
        zoe.write(&Event::Granted { grant: Grant::of_code(&Code80::parse(&sheet.pauses[0]).unwrap()) });
        world.pass(Duration::minutes(20));
        zoe.write(&Event::Continued {});
        zoe.answer_all(&plan, 8);
        zoe.submit();
        assert_eq!(lines_in_time(&zoe, minutes).await, in_time, "{minutes}");
    }
}
