"""Addresses of this room."""

from django.urls import path

from . import pages

app_name = "accounts"
urlpatterns = [
    path("sign-in/", pages.sign_in, name="sign_in"),
    path("sign-out/", pages.sign_out, name="sign_out"),
    path("account/password/", pages.change_password, name="change_password"),
]
