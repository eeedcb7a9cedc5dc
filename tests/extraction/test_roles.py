"""What part each actor plays in an event."""

from datetime import date

from extraction import extract


def test_who_tells_of_an_operation_speaks_and_takes_no_part_in_it():
    text = "نفذت قوات البيشمركة والجيش العراقي عملية مشتركة في كفري، وقال المتحدث باسم جهاز مكافحة الإرهاب صباح النعمان إن العملية انتهت."
    (event,) = extract(text, published=date(2021, 12, 8)).events
    roles = {actor.name: actor.role for actor in event.actors}
    assert (roles["قوات البيشمركة"], roles["الجيش العراقي"], roles["صباح النعمان"]) == ("participant", "participant", "speaker")


def test_the_guest_who_is_named_right_behind_his_host_is_no_host():
    text = "استقبل وزير البيشمركة شورش إسماعيل اللواء جون برينان، قائد قوات التحالف الدولي، في أربيل لبحث التنسيق الأمني."
    (event,) = extract(text, published=date(2021, 12, 8)).events
    roles = {actor.name: actor.role for actor in event.actors}
    assert (roles["شورش إسماعيل"], roles["جون برينان"]) == ("host", "participant")


def test_who_makes_a_statement_speaks_and_those_it_is_about_do_not():
    text = "قال المتحدث باسم قيادة العمليات المشتركة اللواء تحسين الخفاجي إن هناك تنسيقا أمنيا بين القوات الاتحادية وقوات البيشمركة ضد داعش"
    (event,) = extract(text, published=date(2021, 12, 8)).events
    roles = {actor.name: actor.role for actor in event.actors}
    assert (event.type, roles["تحسين الخفاجي"], roles["القوات الاتحادية"]) == ("statement", "speaker", "participant")
