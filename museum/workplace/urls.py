"""Addresses of the workplace's own pages, below /admin/workplace/. Wagtail lets in only those with access to the admin."""

from django.urls import path

from museum.workplace.batches import views as batches
from museum.workplace.health import HealthPage
from museum.workplace.imports import ImportPage, ImportReport, ImportsPage
from museum.workplace.media import by_number, regions, rescan, texts
from museum.workplace.media import views as media
from museum.workplace.missed import MissedSearches
from museum.workplace.objects import acts, answers, side
from museum.workplace.searching import builder, exporting, help, saved
from museum.workplace.synonyms import Preview
from museum.workplace.words.merging import MergeWord

app_name = "workplace"
urlpatterns = [
    path("health/", HealthPage.as_view(), name="health"),
    path("imports/", ImportsPage.as_view(), name="imports"),
    path("imports/<int:pk>/", ImportPage.as_view(), name="import"),
    path("imports/<int:pk>/report.csv", ImportReport.as_view(), name="import_report"),
    path("synonyms/effects/", Preview.as_view(), name="synonym_effects"),
    path("missed/", MissedSearches.as_view(), name="missed"),
    path("answers/number/", answers.NumberAnswer.as_view(), name="number"),
    path("answers/date/", answers.DateAnswer.as_view(), name="date"),
    path("answers/dimensions/", answers.DimensionsAnswer.as_view(), name="dimensions"),
    path("answers/session/", answers.SessionAnswer.as_view(), name="session"),
    path("logged-in/", answers.LoggedIn.as_view(), name="logged_in"),
    path("answers/query/", builder.QueryAnswer.as_view(), name="query"),
    path("objects/columns/", saved.ChooseColumns.as_view(), name="columns"),
    path("objects/export/<str:form>/", exporting.Export.as_view(), name="export"),
    path("objects/why/<str:public_id>/", help.Why.as_view(), name="why"),
    path("searches/", saved.SavedSearches.as_view(), name="searches"),
    path("searches/help/", help.QueryHelp.as_view(), name="query_help"),
    path("searches/read/", saved.ReadNotices.as_view(), name="read_notices"),
    path("searches/<int:pk>/", saved.ChangeSearch.as_view(), name="search"),
    path("worklists/", saved.FillWorklist.as_view(), name="worklists"),
    path("worklists/<int:pk>/", saved.ChangeWorklist.as_view(), name="worklist"),
    path("batches/", batches.Batches.as_view(), name="batches"),
    path("batches/new/", batches.NewBatch.as_view(), name="new_batch"),
    path("batches/<int:pk>/", batches.OneBatch.as_view(), name="batch"),
    path("objects/<int:pk>/standing/", side.Standing.as_view(), name="standing"),
    path("objects/<int:pk>/withdraw/", acts.Withdraw.as_view(), name="withdraw"),
    path("objects/<int:pk>/restore/", acts.Restore.as_view(), name="restore"),
    path("objects/<int:pk>/merge/", acts.Merge.as_view(), name="merge"),
    path("words/<slug:kind>/<int:pk>/merge/", MergeWord.as_view(), name="merge_word"),
    path("media/by-number/", by_number.UploadByNumber.as_view(), name="by_number"),
    path("media/by-number/match/", by_number.MatchNames.as_view(), name="match_names"),
    path("objects/<int:pk>/media/", media.PicturesPage.as_view(), name="pictures"),
    path("objects/<int:pk>/media/list/", media.PicturesList.as_view(), name="pictures_list"),
    path("objects/<int:pk>/media/upload/", media.Upload.as_view(), name="upload"),
    path("objects/<int:pk>/annotations.jsonld", regions.RegionsExport.as_view(), name="annotations_export"),
    path("objects/<int:pk>/media/<slug:use>/regions/", regions.RegionsPage.as_view(), name="regions"),
    path("objects/<int:pk>/media/<slug:use>/text/", texts.PageText.as_view(), name="page_text"),
    path("objects/<int:pk>/media/<slug:use>/scan/", rescan.RescanPage.as_view(), name="scan"),
    path("objects/<int:pk>/media/<slug:use>/", media.Picture.as_view(), name="picture"),
]
