/* Texts of the commands that look after a system: verify, up, prepare. See texts.h. */
#ifndef PASSERELLE_CLI_TEXTS_SERVER_H
#define PASSERELLE_CLI_TEXTS_SERVER_H

/* clang-format off */
#define SERVER_TEXTS_ALL(T) \
    T(VERIFY_SUMMARY, "Checks every record, reference and match list", \
      "Vérifie chaque fiche, chaque renvoi et chaque liste d'appariements") \
    T(VERIFY_DETAILS, \
      "Waits until the matches are up to date, then works every list out again from the " \
      "records and compares, and checks the change log and whatever leads from one record to " \
      "another. Reads the store directly and changes nothing. Exit code 5 when something is " \
      "wrong.", \
      "Attend que les appariements soient à jour, puis recalcule chaque liste à partir des " \
      "fiches et compare, et contrôle le journal des changements et tout ce qui mène d'une " \
      "fiche à une autre. Lit directement la base et ne change rien. Code de sortie 5 quand " \
      "quelque chose ne va pas.") \
    T(VERIFY_WAIT_HELP, "how long to wait until all is up to date; 60 when absent", \
      "combien de temps attendre que tout soit à jour ; 60 par défaut") \
    T(VERIFY_DONE, \
      "%lu records, %lu references, %lu pairs scored again, %lu lists with %lu matches.", \
      "%lu fiches, %lu renvois, %lu paires recalculées, %lu listes avec %lu appariements.") \
    T(VERIFY_CLEAN, "All is as it should be.", "Tout est en ordre.") \
    T(VERIFY_PROBLEMS, "Problems: %u.", "Problèmes : %u.") \
    T(VERIFY_NO_STORE, "The store (Redis) does not answer.", \
      "La base (Redis) ne répond pas.") \
    T(VERIFY_NOT_QUIET, \
      "The matches did not come to rest in time: nothing was verified. Is a match-worker running?", \
      "Les appariements n'ont pas été à jour à temps : rien n'est vérifié. Un ouvrier tourne-t-il ?") \
    T(UP_SUMMARY, "Starts everything on a state of its own, and watches over it", \
      "Démarre tout sur un état à soi, et veille dessus") \
    T(UP_DETAILS, \
      "Starts a private Redis, the daemon and the match-workers on the directory of --state, " \
      "loads the demo territory the first time, starts again what dies, and stops all in order " \
      "on Ctrl-C. The demo's people and employers are invented.", \
      "Démarre un Redis privé, le démon et les ouvriers sur le dossier de --state, charge le " \
      "territoire de démonstration la première fois, relance ce qui meurt, et arrête tout dans " \
      "l'ordre à Ctrl-C. Les personnes et les employeurs de la démonstration sont inventés.") \
    T(UP_NO_DEMO_HELP, "start without the demo's learners and offers", \
      "démarrer sans les apprenants ni les offres de démonstration") \
    T(UP_DETACH_HELP, "go to the background once all is ready", \
      "passer en arrière-plan une fois que tout est prêt") \
    T(UP_STOP_HELP, "stop what runs on this state", "arrêter ce qui tourne sur cet état") \
    T(UP_WORKERS_HELP, "how many match-workers, 0 to 16; 2 when absent", \
      "combien d'ouvriers, de 0 à 16 ; 2 par défaut") \
    T(UP_RUNNING_ALREADY, "It is running already on %s (process %d). To stop it: %s up --stop%s%s", \
      "Ça tourne déjà sur %s (processus %d). Pour l'arrêter : %s up --stop%s%s") \
    T(UP_NOT_RUNNING, "Nothing runs on %s.", "Rien ne tourne sur %s.") \
    T(UP_STOPPING, "Stopping…", "Arrêt…") \
    T(UP_STOPPED, "Stopped. Everything is kept in %s.", "Arrêté. Tout est gardé dans %s.") \
    T(UP_NOT_STOPPED, "It did not stop in time (process %d).", \
      "Pas arrêté à temps (processus %d).") \
    T(UP_BAD_STATE, "%s cannot be used: %s", "%s n'est pas utilisable : %s") \
    T(UP_STARTING, "Starting Redis, the daemon and %d match-workers…", \
      "Démarrage de Redis, du démon et de %d ouvriers…") \
    T(UP_LOADING_REFERENTIAL, "Building the starter list of skills and roles…", \
      "Construction de la liste de départ des compétences et des métiers…") \
    T(UP_LOADING_DEMO, "Loading the demo territory (invented people and employers)…", \
      "Chargement du territoire de démonstration (personnes et employeurs inventés)…") \
    T(UP_LOADING_MATCHES, "Working out the matches and verifying them…", \
      "Calcul et vérification des appariements…") \
    T(UP_RESTARTED, "%s ended and is started again (see %s/%s.log).", \
      "%s s'est arrêté ; il redémarre (voir %s/%s.log).") \
    T(UP_FAILED, "%s cannot run with its configuration (see %s/%s.log).", \
      "%s ne peut pas tourner avec sa configuration (voir %s/%s.log).") \
    T(UP_LOOK_AT_STATUS, "Something needs a look: %s status %s%s", \
      "Quelque chose demande votre attention : %s status %s%s") \
    T(UP_STEP_FAILED, "The first load did not succeed; see %s/load.log. It is tried again at the next start.", \
      "Le premier chargement n'a pas réussi ; voir %s/load.log. Il sera retenté au prochain démarrage.") \
    T(UP_TOO_MANY_ARGUMENTS, "“%s” has more arguments than can be given to it.", \
      "« %s » a plus d'arguments qu'on ne peut lui en donner.") \
    T(UP_TOO_MANY_FILES, "%s holds %d files: no more than %d can be loaded.", \
      "%s contient %d fichiers : on ne peut pas en charger plus de %d.") \
    T(UP_READY, "Passerelle is ready.", "Passerelle est prête.") \
    T(UP_PLACES, \
      "  state     %s\n" \
      "  events    ipc://%s/intake.sock\n" \
      "  queries   ipc://%s/query.sock\n" \
      "  feed      ipc://%s/feed.sock\n" \
      "  metrics   %s/metrics.sock\n" \
      "  logs      %s", \
      "  état        %s\n" \
      "  événements  ipc://%s/intake.sock\n" \
      "  requêtes    ipc://%s/query.sock\n" \
      "  fil         ipc://%s/feed.sock\n" \
      "  mesures     %s/metrics.sock\n" \
      "  journaux    %s") \
    T(UP_TRY, \
      "No account is needed: this computer's own user may use it. Try:\n" \
      "  %s status%s%s\n" \
      "  %s list learners%s%s", \
      "Pas de compte : l'utilisateur de cet ordinateur y a accès. Essayez :\n" \
      "  %s status%s%s\n" \
      "  %s list learners%s%s") \
    T(UP_CTRL_C, "Ctrl-C stops everything.", "Ctrl-C arrête tout.") \
    T(UP_BACKGROUND, "It goes on in the background. To stop it: %s up --stop%s%s", \
      "Ça continue en arrière-plan. Pour l'arrêter : %s up --stop%s%s") \
    T(UP_DIED, "It did not start; see %s/up.log.", "Le démarrage a échoué ; voir %s/up.log.") \
    T(PREPARE_SUMMARY, "Makes what a server's services need before they start", \
      "Prépare ce qu'il faut aux services d'un serveur avant leur départ") \
    T(PREPARE_DETAILS, \
      "Makes what is missing in the directory of --state: the key, the passwords of the store, " \
      "the configuration files, directories. What exists is left as it is; only the store's " \
      "list of users is written anew. Starts nothing.", \
      "Crée ce qui manque dans le dossier de --state : la clé, les mots de passe de la base, les " \
      "fichiers de configuration, des dossiers. Ce qui existe reste tel quel ; seule la liste des " \
      "utilisateurs de la base est réécrite. Ne démarre rien.") \
    T(PREPARE_RUN_HELP, "where the sockets are made; run in the state when absent", \
      "où créer les sockets ; run dans l'état par défaut") \
    T(PREPARE_SETTINGS_HELP, "where the configuration files are; the state when absent", \
      "où sont les fichiers de configuration ; l'état par défaut") \
    T(PREPARE_USERS_HELP, "give each program's files to its own system user", \
      "donner les fichiers de chaque programme à son propre utilisateur système") \
    T(PREPARE_NO_USER, "There is no system user %s: systemd-sysusers makes it.", \
      "Il n'y a pas d'utilisateur système %s : systemd-sysusers le crée.") \
    T(PREPARE_DONE, "All is there: the state in %s, the configuration in %s.", \
      "Tout est en place : l'état dans %s, la configuration dans %s.")
/* clang-format on */

#endif
