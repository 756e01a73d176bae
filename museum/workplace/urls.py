"""Addresses of the workplace's own pages, below /admin/workplace/. Wagtail lets in only those with access to the admin."""

from django.urls import path

from museum.workplace.objects import answers

app_name = "workplace"
urlpatterns = [
    path("answers/number/", answers.NumberAnswer.as_view(), name="number"),
    path("answers/date/", answers.DateAnswer.as_view(), name="date"),
]
