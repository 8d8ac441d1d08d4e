"""The land of units, as official boundaries a file brought."""

from django.db import models

from motcua.registry.models.units import Unit


class UnitArea(models.Model):
    """The boundary of a unit, simplified for walls. Who has none is drawn by its point.

    `wkt`: Polygon or MultiPolygon in longitude and latitude (EPSG:4326), five digits.
    """

    unit = models.OneToOneField(
        Unit, primary_key=True, on_delete=models.PROTECT, related_name="area"
    )
    wkt = models.TextField()
    source = models.CharField(max_length=200)
    imported_on = models.DateField()

    class Meta:
        ordering = ("unit",)
        constraints = (
            models.CheckConstraint(condition=~models.Q(wkt=""), name="unit_area_is_drawn"),
        )

    def __str__(self) -> str:
        return f"{self.unit_id} ({self.source})"
