from __future__ import annotations

from django.urls import path

from communities.views import memberships, moderation, notices, posts, topics

app_name = "communities"
urlpatterns = [
    path("comunita/discussioni/<int:pk>/", topics.topic, name="topic"),
    path("comunita/discussioni/<int:pk>/<int:number>/", topics.at_number, name="number"),
    path("comunita/discussioni/<int:pk>/rispondi/", topics.reply, name="reply"),
    path("comunita/discussioni/<int:pk>/bozza/", topics.save_draft, name="save_draft"),
    path("comunita/discussioni/<int:pk>/simili/", topics.similar, name="similar"),
    path("comunita/discussioni/<int:pk>/segui/", topics.listen, name="listen"),
    path("comunita/discussioni/<int:pk>/chiudi/", moderation.lock, name="lock"),
    path("comunita/discussioni/<int:pk>/evidenza/", moderation.pin, name="pin"),
    path("comunita/interventi/<int:pk>/", posts.post, name="post"),
    path("comunita/interventi/<int:pk>/modifica/", posts.edit, name="edit"),
    path("comunita/interventi/<int:pk>/versioni/", posts.history, name="history"),
    path("comunita/interventi/<int:pk>/elimina/", posts.delete, name="delete"),
    path("comunita/interventi/<int:pk>/ripristina/", posts.restore, name="restore"),
    path("comunita/interventi/<int:pk>/utile/", posts.useful, name="useful"),
    path("comunita/interventi/<int:pk>/accetta/", posts.accept, name="accept"),
    path("comunita/interventi/<int:pk>/segnala/", posts.flag, name="flag"),
    path("comunita/interventi/<int:pk>/nascondi/", moderation.hide, name="hide"),
    path("comunita/interventi/<int:pk>/mostra/", moderation.show, name="show"),
    path("comunita/segnalazioni/<int:pk>/", moderation.decide, name="decide"),
    path("comunita/adesioni/<int:pk>/ammetti/", memberships.admit, name="admit"),
    path("comunita/adesioni/<int:pk>/rifiuta/", memberships.refuse, name="refuse"),
    path("comunita/adesioni/<int:pk>/ruolo/", memberships.appoint, name="appoint"),
    path("comunita/<slug:slug>/discussioni/", topics.topic_list, name="topics"),
    path("comunita/<slug:slug>/discussioni/nuova/", topics.new_topic, name="new_topic"),
    path("comunita/<slug:slug>/discussioni/bozza/", topics.save_topic_draft, name="topic_draft"),
    path("comunita/<slug:slug>/entra/", memberships.join, name="join"),
    path("comunita/<slug:slug>/esci/", memberships.leave, name="leave"),
    path("comunita/<slug:slug>/componenti/", memberships.people, name="people"),
    path("comunita/<slug:slug>/moderazione/", moderation.queue, name="moderation"),
    path("comunita/<slug:slug>/avvisi/", memberships.listening, name="listening"),
    path("comunita/<slug:slug>/tutto-letto/", memberships.all_read, name="all_read"),
    path("account/avvisi/", notices.notices, name="notices"),
    path("account/avvisi/letti/", notices.all_told, name="all_told"),
    path("account/avvisi/<int:pk>/", notices.open_notice, name="open_notice"),
    path("avvisi/basta/<str:mark>/", notices.unsubscribe, name="unsubscribe"),
]
