"""What part each actor plays in an event."""

from datetime import date

from extraction import extract


def test_who_tells_of_an_operation_speaks_and_takes_no_part_in_it():
    text = "نفذت قوات البيشمركة والجيش العراقي عملية مشتركة في كفري، وقال المتحدث باسم جهاز مكافحة الإرهاب صباح النعمان إن العملية انتهت."
    (event,) = extract(text, published=date(2021, 12, 8)).events
    roles = {actor.name: actor.role for actor in event.actors}
    assert (roles["قوات البيشمركة"], roles["الجيش العراقي"], roles["صباح النعمان"]) == ("participant", "participant", "speaker")
