"""Accounts and tokens in the administration; what django-allauth keeps of them is shown there and nowhere else."""

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount, SocialApp, SocialToken
from django.contrib import admin
from django.contrib.admin.exceptions import NotRegistered
from django.contrib.auth.models import Group, User

from .accounts.admin import AccountAdmin, RoleAdmin, TokenAdmin
from .models import ApiToken

for model in (EmailAddress, Authenticator, SocialAccount, SocialApp, SocialToken, User, Group):
    try:
        admin.site.unregister(model)
    except NotRegistered:  # another version of its package leaves it out
        continue
admin.site.register(User, AccountAdmin)
admin.site.register(Group, RoleAdmin)
admin.site.register(ApiToken, TokenAdmin)
