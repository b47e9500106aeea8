from learning.models.attendance import AttendanceInterval, AttendanceSource
from learning.models.certificate import Certificate
from learning.models.course import Course, CourseIndexPage, CoursePage
from learning.models.edition import CourseEdition, CourseSession, EditionMode, EditionState
from learning.models.enrolment import Enrolment, EnrolmentEvent, EnrolmentState

__all__ = [
    "AttendanceInterval",
    "AttendanceSource",
    "Certificate",
    "Course",
    "CourseEdition",
    "CourseIndexPage",
    "CoursePage",
    "CourseSession",
    "EditionMode",
    "EditionState",
    "Enrolment",
    "EnrolmentEvent",
    "EnrolmentState",
]
