"""The public list of the Provinces."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from portal.organisations.forms import ProvinceFilterForm
from portal.organisations.models import Network, Organisation
from portal.organisations.reference import tile_positions


@require_safe
def provinces(request: HttpRequest) -> HttpResponse:
    """List the Provinces by Region, with map and codes."""
    form = ProvinceFilterForm(request.GET)
    form.is_valid()
    region, lead = form.cleaned_data.get("regione", ""), form.cleaned_data.get("rete", "")
    leads = {network.lead_province_id: network for network in Network.objects.all()}
    found = list(Organisation.objects.provinces().order_by("region", "name"))
    chosen = [
        body
        for body in found
        if (not region or body.region == region)
        and (not lead or (body.pk in leads and leads[body.pk].slug == lead))
    ]
    return render(
        request,
        "organisations/provinces.html",
        {
            "form": form,
            "ignored": bool(form.errors),
            "filtered": bool(region or lead),
            "rows": [(body, leads.get(body.pk)) for body in chosen],
            "tiles": [_tile(body, leads.get(body.pk), body in chosen) for body in found],
        },
    )


def _tile(body: Organisation, network: Network | None, chosen: bool) -> dict[str, Any]:
    column, row = tile_positions()[body.sigla]
    return {
        "sigla": body.sigla,
        "name": body.name,
        "column": column,
        "row": row,
        "network_slug": network.slug if network and chosen else "",
        "note": f"capofila della {network.name}" if network and chosen else "",
    }
