"""The addresses of the desk, under /desk/."""

from django.urls import path

from incidents.desk import articles, events, followup, home, imports, pairs, queue, submissions, takeback

urlpatterns = [
    path("", home.home, name="desk"),
    path("queue/", queue.queue, name="desk-queue"),
    path("queue/take-up/", queue.take_up, name="desk-take-up"),
    path("undo/", queue.undo, name="desk-undo"),
    path("candidates/<int:number>/", queue.candidate, name="desk-candidate"),
    path("candidates/<int:number>/judge/", queue.judge, name="desk-judge"),
    path("candidates/<int:number>/hold/", queue.hold, name="desk-hold"),
    path("places/", queue.places, name="desk-places"),
    path("where/", queue.where, name="desk-where"),
    path("actors/", queue.actors, name="desk-actors"),
    path("events/", events.find, name="desk-find"),
    path("events/<slug:code>/", events.event, name="desk-event"),
    path("events/<slug:code>/<slug:verb>/", events.act, name="desk-act"),
    path("set-back/<int:number>/", takeback.set_back, name="desk-set-back"),
    path("undo/<slug:page>/", takeback.take_back, name="desk-take-back"),
    path("links/", pairs.links, name="desk-links"),
    path("links/<int:number>/", pairs.judge_link, name="desk-judge-link"),
    path("reuse/", pairs.reuse, name="desk-reuse"),
    path("reuse/<int:number>/", pairs.judge_reuse, name="desk-judge-reuse"),
    path("statistics/", followup.statistics, name="desk-statistics"),
    path("statistics/<int:number>/", followup.judge_statistic, name="desk-judge-statistic"),
    path("commitments/", followup.commitments, name="desk-commitments"),
    path("commitments/<int:number>/", followup.set_commitment, name="desk-set-commitment"),
    path("sources/", submissions.sources, name="desk-sources"),
    path("jobs/", submissions.jobs, name="desk-jobs"),
    path("jobs/<int:number>/retry/", submissions.retry, name="desk-retry"),
    path("imports/", imports.imports, name="desk-imports"),
    path("imports/<int:number>/", imports.one, name="desk-import"),
    path("imports/<int:number>/columns/", imports.assign, name="desk-import-columns"),
    path("imports/<int:number>/change-columns/", imports.change_columns, name="desk-import-change"),
    path("imports/<int:number>/start/", imports.start, name="desk-import-start"),
    path("imports/<int:number>/undo/", imports.undo, name="desk-import-undo"),
    path("articles/<int:number>/", articles.article, name="desk-article"),
    path("articles/<int:number>/day/", articles.day, name="desk-article-day"),
    path("articles/<int:number>/claim/", articles.claim, name="desk-article-claim"),
    path("articles/<int:number>/event/", articles.event, name="desk-article-event"),
]
