"""Addresses of signing in (/account/) and of one's own account (/staff/account)."""

from django.urls import path

from .views import own, second_factor, signing_in

app_name = "accounts"
urlpatterns = [
    path("account/login", signing_in.Login.as_view(), name="login"),
    path("account/logout", signing_in.logout, name="logout"),
    path("account/password", own.password, name="password"),
    path("account/second-factor", second_factor.verify, name="second_factor"),
    path("account/second-factor/set-up", second_factor.set_up, name="second_factor_setup"),
    path("account/again", own.reauthenticate, name="reauthenticate"),
    path("staff/account", own.account, name="own"),
    path("staff/account/sessions/<int:pk>/end", own.end_session, name="end_session"),
]
