"""The rows of persons and of who read them. Personal data live in this room only."""

from typing import Any, NoReturn
from uuid import uuid4

from django.db import models

from .rules import ADDRESS_LENGTH, NAME_LENGTH, Details, Kind, Purpose, Sex


class Person(models.Model):
    """A citizen, an enterprise or a household business that asks for something."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    kind = models.CharField(max_length=20, choices=[(kind.value, kind.value) for kind in Kind])
    name = models.CharField(max_length=NAME_LENGTH)
    fold_name = models.CharField(max_length=NAME_LENGTH)  # without tones, for searching
    identity_number = models.CharField(max_length=12, blank=True, default="")
    tax_number = models.CharField(max_length=13, blank=True, default="")
    birth_on = models.DateField(null=True, blank=True)
    sex = models.CharField(
        max_length=1, blank=True, default="", choices=[(sex.value, sex.value) for sex in Sex]
    )
    phone = models.CharField(max_length=11, blank=True, default="")
    address = models.CharField(max_length=ADDRESS_LENGTH, blank=True, default="")
    is_synthetic = models.BooleanField(default=False)
    version = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(kind__in=[kind.value for kind in Kind]),
                name="citizens_person_kind",
            ),
            models.CheckConstraint(condition=~models.Q(name=""), name="citizens_person_has_name"),
        ]
        indexes = [
            models.Index(
                fields=[column],
                name=f"citizens_person_{short}",
                condition=~models.Q(**{column: ""}),
            )
            for column, short in (
                ("identity_number", "number"),
                ("tax_number", "tax"),
                ("phone", "phone"),
            )
        ]

    def __str__(self) -> str:
        return str(self.id)  # a name in a log line would be personal data

    @property
    def details(self) -> Details:
        return Details(
            kind=Kind(self.kind),
            name=self.name,
            identity_number=self.identity_number,
            tax_number=self.tax_number,
            birth_on=self.birth_on,
            sex=self.sex,
            phone=self.phone,
            address=self.address,
            is_synthetic=self.is_synthetic,
        )


class Reading(models.Model):
    """Somebody read a person's data: who, whom, why, when, for which subject.

    The person is named by id without a foreign key: the row outlives the person's data.
    """

    person_id = models.UUIDField()
    reader_id = models.CharField(max_length=80)
    purpose = models.CharField(max_length=20, choices=[(why.value, why.value) for why in Purpose])
    subject_id = models.UUIDField(null=True, blank=True)
    read_at = models.DateTimeField()

    class Meta:
        indexes = [
            models.Index(fields=["person_id", "read_at"], name="citizens_reading_person"),
            models.Index(fields=["subject_id", "read_at"], name="citizens_reading_subject"),
        ]

    def __str__(self) -> str:
        return f"{self.reader_id} read {self.person_id}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise TypeError("a reading is never changed")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise TypeError("a reading is never deleted")
