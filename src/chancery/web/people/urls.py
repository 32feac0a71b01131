"""Addresses of the firm and its people."""

from django.urls import path

from chancery.web.people import firm, matter_types, pages

urlpatterns = [
    path("admin/firm/", firm.firm, name="admin_firm"),
    path("admin/firm/matter-types/", matter_types.types, name="admin_matter_types"),
    path("admin/firm/matter-types/<uuid:type_id>/", matter_types.one, name="admin_matter_type"),
    path("admin/people/", pages.people_list, name="admin_people"),
    path("admin/people/add/", pages.add, name="person_add"),
    path("admin/people/<uuid:person_id>/", pages.person, name="person"),
    path("admin/people/<uuid:person_id>/leaving/", pages.leaving, name="person_leaving"),
    path("admin/people/<uuid:person_id>/password/", pages.new_password, name="person_password"),
    path("admin/people/<uuid:person_id>/sign-in/", pages.sign_in, name="person_sign_in"),
    path("admin/people/<uuid:person_id>/return/", pages.coming_back, name="person_return"),
]
